import java.io.File;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Calendar;
import java.util.List;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.Chunk;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.PropertyValue;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;

/** Reads .msg files with Apache POI and writes what it finds, a line each. */
public class PoiReader {
    public static void main(String[] args) throws Exception {
        File[] files = new File(args[0]).listFiles((d, n) -> n.endsWith(".msg"));
        Arrays.sort(files);
        try (PrintWriter out = new PrintWriter(args[1], "UTF-8")) {
            for (File f : files) {
                String id = "\"id\": " + quote(f.getName().replace(".msg", ""));
                String found;
                try (MAPIMessage m = new MAPIMessage(f)) {
                    found = read(m);
                } catch (Exception e) {
                    found = "\"error\": " + quote(e.toString());
                }
                out.println("{" + id + ", " + found + "}");
            }
        }
    }

    static String read(MAPIMessage m) throws Exception {
        m.setReturnNullOnMissingChunk(true);
        StringBuilder b = new StringBuilder();
        b.append("\"subject\": ").append(quote(or(m.getSubject())));
        b.append(", \"from\": [").append(quote(or(chunk(m, MAPIProperty.SENT_REPRESENTING_NAME)))).append(", ")
            .append(quote(or(chunk(m, MAPIProperty.SENT_REPRESENTING_EMAIL_ADDRESS)))).append("]");
        b.append(", \"sender\": [").append(quote(or(chunk(m, MAPIProperty.SENDER_NAME)))).append(", ")
            .append(quote(or(chunk(m, MAPIProperty.SENDER_EMAIL_ADDRESS)))).append("]");
        String[] kinds = {"", "to", "cc", "bcc"};
        for (int kind = 1; kind <= 3; kind++) {
            List<String> people = new ArrayList<>();
            for (RecipientChunks r : m.getRecipientDetailsChunks()) {
                if (type(r) == kind) {
                    people.add("[" + quote(or(r.getRecipientName())) + ", " + quote(or(r.getRecipientEmailAddress())) + "]");
                }
            }
            b.append(", \"").append(kinds[kind]).append("\": [").append(String.join(", ", people)).append("]");
        }
        List<PropertyValue> times = m.getMainChunks().getProperties().get(MAPIProperty.CLIENT_SUBMIT_TIME);
        b.append(", \"date\": ");
        if (times == null || times.isEmpty()) {
            b.append("null");
        } else {
            b.append(Math.floorDiv(((Calendar) times.get(0).getValue()).getTimeInMillis(), 1000L));
        }
        b.append(", \"text\": ").append(quote(m.getTextBody()));
        // As bytes: this version reads all HTML as windows-1252.
        ByteChunk html = m.getMainChunks().getHtmlBodyChunkBinary();
        b.append(", \"html_raw\": ").append(html == null ? "null" : quote(Base64.getEncoder().encodeToString(html.getValue())));
        List<String> attachments = new ArrayList<>(), embedded = new ArrayList<>();
        for (AttachmentChunks a : m.getAttachmentFiles()) {
            if (a.isEmbeddedMessage()) {
                MAPIMessage inner = a.getEmbeddedMessage();
                inner.setReturnNullOnMissingChunk(true);
                embedded.add(quote(or(inner.getSubject())));
            } else if (a.getAttachData() != null) {
                byte[] data = a.getAttachData().getValue();
                String name = a.getAttachLongFileName() == null ? "" : a.getAttachLongFileName().getValue();
                attachments.add("{\"name\": " + quote(name) + ", \"size\": " + data.length + ", \"sha256\": \"" + sha256(data) + "\"}");
            }
        }
        b.append(", \"attachments\": [").append(String.join(", ", attachments)).append("]");
        b.append(", \"embedded\": [").append(String.join(", ", embedded)).append("]");
        return b.toString();
    }

    static int type(RecipientChunks r) {
        List<PropertyValue> v = r.getProperties().get(MAPIProperty.RECIPIENT_TYPE);
        return v == null || v.isEmpty() ? 0 : (Integer) v.get(0).getValue();
    }

    static String chunk(MAPIMessage m, MAPIProperty p) {
        List<Chunk> list = m.getMainChunks().getAll().get(p);
        if (list != null) {
            for (Chunk c : list) {
                if (c instanceof StringChunk) {
                    return ((StringChunk) c).getValue();
                }
            }
        }
        return null;
    }

    static String sha256(byte[] data) throws Exception {
        StringBuilder b = new StringBuilder();
        for (byte x : MessageDigest.getInstance("SHA-256").digest(data)) {
            b.append(String.format("%02x", x));
        }
        return b.toString();
    }

    static String or(String s) {
        return s == null ? "" : s;
    }

    static String quote(String s) {
        if (s == null) {
            return "null";
        }
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\') {
                b.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7F) {
                b.append(String.format("\\u%04x", (int) c));
            } else {
                b.append(c);
            }
        }
        return b.append('"').toString();
    }
}
