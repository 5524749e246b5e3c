import java.io.File;
import java.io.FileInputStream;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.poi.hmef.Attachment;
import org.apache.poi.hmef.HMEFMessage;
import org.apache.poi.hmef.attribute.MAPIAttribute;
import org.apache.poi.hmef.attribute.MAPIRtfAttribute;
import org.apache.poi.hmef.attribute.MAPIStringAttribute;
import org.apache.poi.util.RecordFormatException;

/** Reads TNEF streams with Apache POI and writes what it finds, a line each. */
public class HmefReader {
    public static void main(String[] args) throws Exception {
        File[] files = new File(args[0]).listFiles((d, n) -> n.endsWith(".dat"));
        Arrays.sort(files);
        try (PrintWriter out = new PrintWriter(args[1], "UTF-8")) {
            for (File f : files) {
                String found;
                try (FileInputStream in = new FileInputStream(f)) {
                    found = read(new HMEFMessage(in));
                } catch (RecordFormatException e) { // a value is larger than POI takes
                    found = "\"refused\": " + quote(e.toString());
                } catch (Exception e) {
                    found = "\"error\": " + quote(e.toString());
                }
                out.println("{\"id\": " + quote(f.getName().replace(".dat", "")) + ", " + found + "}");
            }
        }
    }

    static String read(HMEFMessage m) throws Exception {
        String subject = "", text = "", html = "", rtf = "";
        for (MAPIAttribute a : m.getMessageMAPIAttributes()) {
            switch (a.getProperty().id) {
                case 0x0037: subject = ((MAPIStringAttribute) a).getDataString(); break;
                case 0x1000: text = ((MAPIStringAttribute) a).getDataString(); break;
                case 0x1013: html = sha(a.getData()); break;
                case 0x1009: rtf = sha(withoutLineEnds(((MAPIRtfAttribute) a).getData())); break;
                default: break;
            }
        }
        List<String> attachments = new ArrayList<>();
        for (Attachment a : m.getAttachments()) {
            byte[] data;
            try {
                data = a.getContents();
            } catch (IllegalArgumentException e) { // it has none
                continue;
            }
            String name = a.getLongFilename() != null ? a.getLongFilename() : a.getFilename();
            attachments.add("{\"name\": " + quote(name == null ? "" : name) + ", \"size\": " + data.length + ", \"sha256\": " + quote(sha(data)) + "}");
        }
        return "\"subject\": " + quote(subject) + ", \"text\": " + quote(text) + ", \"html\": " + quote(html) + ", \"rtf\": " + quote(rtf)
            + ", \"attachments\": [" + String.join(", ", attachments) + "]";
    }

    /** POI takes the line end of the dictionary for LF and CR. */
    static byte[] withoutLineEnds(byte[] data) {
        byte[] out = new byte[data.length];
        int n = 0;
        for (byte b : data) {
            if (b != '\r' && b != '\n') {
                out[n++] = b;
            }
        }
        return Arrays.copyOf(out, n);
    }

    static String sha(byte[] data) throws Exception {
        if (data.length == 0) {
            return "";
        }
        StringBuilder b = new StringBuilder();
        for (byte x : MessageDigest.getInstance("SHA-256").digest(data)) {
            b.append(String.format("%02x", x));
        }
        return b.toString();
    }

    static String quote(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                b.append(String.format("\\u%04x", (int) c));
            } else {
                b.append(c);
            }
        }
        return b.append('"').toString();
    }
}
