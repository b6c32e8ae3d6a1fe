package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What goes over HTTP, in the protocols of the clients that Shepherd uses: AWS JSON, which names
 * the operation in {@code X-Amz-Target}; EC2's forms ({@link Ec2Api}); and, for CloudWatch, <a
 * href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC v2
 * CBOR</a>, which names it in the path.
 */
final class Wire {
  private static final Pattern RPC = Pattern.compile("/service/([^/]+)/operation/([^/]+)");
  private static final CBORMapper CBOR = new CBORMapper();

  /** CBOR's tag of a time in epoch seconds. */
  private static final int EPOCH = 1;

  /** An HTTP answer. */
  record Reply(int status, Map<String, String> headers, SdkBytes body) {}

  private final AwsFace face;

  Wire(AwsFace face) {
    this.face = face;
  }

  /** Whether the path names an operation. */
  static boolean isRpc(String path) {
    return RPC.matcher(path).matches();
  }

  Reply answer(String path, Optional<String> target, byte[] body) throws IOException {
    Matcher rpc = RPC.matcher(path);
    if (rpc.matches()) {
      byte[] json = body.length == 0 ? body : AwsJson.MAPPER.writeValueAsBytes(CBOR.readTree(body));
      AwsFace.Answer answer = face.call(rpc.group(1) + "." + rpc.group(2), json);
      return new Reply(
          answer.status(),
          Map.of("Content-Type", "application/cbor", "smithy-protocol", "rpc-v2-cbor"),
          SdkBytes.fromByteArrayUnsafe(cbor(answer.body())));
    }
    Optional<String> form = target.isEmpty() ? Ec2Api.target(body) : Optional.empty();
    if (form.isPresent()) {
      AwsFace.Answer answer = face.call(form.get(), Ec2Api.json(body));
      return new Reply(
          answer.status(),
          Map.of("Content-Type", "text/xml;charset=UTF-8"),
          SdkBytes.fromByteArrayUnsafe(Ec2Api.xml(answer)));
    }
    AwsFace.Answer answer = face.call(target.orElse("no X-Amz-Target"), body);
    return new Reply(
        answer.status(),
        Map.of("Content-Type", "application/x-amz-json-1.1"),
        SdkBytes.fromByteArrayUnsafe(AwsJson.bytes(answer.body())));
  }

  private static byte[] cbor(ObjectNode answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator generator = CBOR.getFactory().createGenerator(bytes)) {
      write(answer, generator);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonNode node, CBORGenerator generator) throws IOException {
    if (node.isObject()) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        generator.writeFieldName(member.getKey());
        write(member.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (node.isArray()) {
      generator.writeStartArray();
      for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) {
        write(items.next(), generator);
      }
      generator.writeEndArray();
    } else if (node instanceof DecimalNode time) { // AwsJson makes decimals of times only
      generator.writeTag(EPOCH);
      generator.writeNumber(time.doubleValue());
    } else {
      generator.writeTree(node);
    }
  }
}
