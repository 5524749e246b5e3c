import java.io.FileInputStream;
import java.util.List;
import java.util.Map;
import org.apache.poi.Version;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.Chunk;
import org.apache.poi.hsmf.datatypes.ChunkGroup;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.PropertyValue;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;

/** Reads a .msg file, each property and attachment of it, with Apache POI. */
public class Poi {
    private static long bytes;

    /** Takes how often and which; prints the version and the bytes of contents seen. */
    public static void main(String[] args) throws Exception {
        for (int i = Integer.parseInt(args[0]); i > 0; i--) {
            // A stream, which POI holds in memory, costs it a fraction of what a file does.
            try (FileInputStream in = new FileInputStream(args[1]); MAPIMessage m = new MAPIMessage(in)) {
                read(m);
            }
        }
        System.out.println("Apache POI " + Version.getVersion() + "\t" + bytes);
    }

    private static void read(MAPIMessage m) throws Exception {
        group(m.getMainChunks());
        values(m.getMainChunks().getProperties());
        for (RecipientChunks r : m.getRecipientDetailsChunks()) {
            group(r);
            values(r.getProperties());
        }
        for (AttachmentChunks a : m.getAttachmentFiles()) {
            group(a);
            if (a.isEmbeddedMessage()) {
                read(a.getEmbeddedMessage());
            }
        }
    }

    private static void group(ChunkGroup g) {
        for (Chunk c : g.getChunks()) {
            if (c instanceof StringChunk) {
                bytes += ((StringChunk) c).getValue().length();
            } else if (c instanceof ByteChunk) {
                bytes += ((ByteChunk) c).getValue().length;
            }
        }
    }

    private static void values(Map<MAPIProperty, List<PropertyValue>> all) {
        for (List<PropertyValue> list : all.values()) {
            for (PropertyValue v : list) {
                v.getValue();
            }
        }
    }
}
