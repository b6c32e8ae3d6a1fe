package dev.shepherd.local.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/**
 * Makes the calls of ConfigRollout's quiet look, with the SDK as it comes, and decides nothing. It
 * keeps the definitions that it knows, as ConfigRollout does.
 */
public final class PlainHandler implements RequestStreamHandler {
  private final EcsClient ecs = EcsClient.create();
  private final SsmClient ssm = SsmClient.create();
  private final Set<String> known = new TreeSet<>();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    input.readAllBytes();
    int seen = 0;
    for (String cluster : System.getenv("SHEPHERD_CLUSTERS").split(",", -1)) {
      seen += services(cluster);
    }
    seen += parameters();
    output.write(Integer.toString(seen).getBytes(StandardCharsets.UTF_8));
  }

  private int services(String cluster) {
    List<String> arns =
        ecs.listServices(ask -> ask.cluster(cluster).maxResults(100)).serviceArns();
    if (arns.isEmpty()) {
      return 0;
    }
    List<Service> services =
        ecs.describeServices(ask -> ask.cluster(cluster).services(arns)).services();
    for (Service service : services) {
      if (known.add(service.taskDefinition())) {
        ecs.describeTaskDefinition(ask -> ask.taskDefinition(service.taskDefinition()));
      }
    }
    return services.size();
  }

  private int parameters() {
    ParameterStringFilter below = ParameterStringFilter.builder()
        .key("Path")
        .option("Recursive")
        .values("/collectors")
        .build();
    List<ParameterMetadata> configs =
        ssm.describeParameters(ask -> ask.parameterFilters(below)).parameters();
    for (ParameterMetadata config : configs) {
      String own = "/shepherd" + config.name();
      ssm.getParameters(ask -> ask.withDecryption(true)
          .names(config.name(), own + "/state", own + "/live", own + "/current"));
      ssm.listTagsForResource(
          ask -> ask.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(config.name()));
    }
    return configs.size();
  }
}
