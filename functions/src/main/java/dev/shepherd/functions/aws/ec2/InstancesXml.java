package dev.shepherd.functions.aws.ec2;

import dev.shepherd.functions.aws.ReconcileException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads EC2's answers: the few elements that matter, by their path. */
final class InstancesXml {
  private static final String INSTANCE =
      "/DescribeInstancesResponse/reservationSet/item/instancesSet/item";

  private final Map<String, String> addresses = new HashMap<>();
  private Optional<String> id = Optional.empty();
  private Optional<String> address = Optional.empty();
  private Optional<String> nextToken = Optional.empty();
  private Optional<String> error = Optional.empty();

  private InstancesXml() {}

  static DescribeInstancesResponse read(byte[] text) {
    InstancesXml read = new InstancesXml();
    read.all(new ByteArrayInputStream(text));
    return new DescribeInstancesResponse(read.addresses, read.nextToken);
  }

  /** The code of a refusal; a word for an answer that has none. */
  static String errorCode(InputStream text) {
    InstancesXml read = new InstancesXml();
    try {
      read.all(text);
    } catch (ReconcileException noXml) {
      return "(" + noXml.getMessage() + ")";
    }
    return read.error.orElse("without a code");
  }

  private void all(InputStream text) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(text);
      Deque<String> path = new ArrayDeque<>();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> path.addLast(reader.getLocalName());
          case XMLStreamConstants.CHARACTERS ->
            text("/" + String.join("/", path), reader.getText());
          case XMLStreamConstants.END_ELEMENT -> {
            if (("/" + String.join("/", path)).equals(INSTANCE)) {
              instanceEnds();
            }
            path.removeLast();
          }
          default -> {} // Comments, the prologue and the end say nothing.
        }
      }
    } catch (XMLStreamException unreadable) {
      throw new ReconcileException("EC2's answer is no XML that can be read");
    }
  }

  private void text(String path, String text) {
    switch (path) {
      case INSTANCE + "/instanceId" -> id = Optional.of(text);
      case INSTANCE + "/privateIpAddress" -> address = Optional.of(text);
      case "/DescribeInstancesResponse/nextToken" -> nextToken = Optional.of(text);
      case "/Response/Errors/Error/Code" -> error = Optional.of(text);
      default -> {} // EC2 says a lot of an instance.
    }
  }

  private void instanceEnds() {
    id.ifPresent(known -> address.ifPresent(at -> addresses.put(known, at)));
    id = Optional.empty();
    address = Optional.empty();
  }
}
