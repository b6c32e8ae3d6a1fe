package dev.shepherd.functions.aws;

import java.util.Optional;

/**
 * An image's reference, taken apart: {@code repository[:tag][@digest]}.
 *
 * @param repository with its registry, which may hold a port
 */
record ImageName(String repository, Optional<String> tag, Optional<String> digest) {
  static ImageName of(String image) {
    int at = image.indexOf('@');
    String name = at < 0 ? image : image.substring(0, at);
    Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    return tagged
        ? new ImageName(name.substring(0, colon), Optional.of(name.substring(colon + 1)), digest)
        : new ImageName(name, Optional.empty(), digest);
  }

  /** The image that runs; one that names its digest already stays as it is written. */
  String at(String running) {
    return digest
        .map(own -> repository + tag.map(t -> ":" + t).orElse("") + "@" + own)
        .orElse(repository + "@" + running);
  }
}
