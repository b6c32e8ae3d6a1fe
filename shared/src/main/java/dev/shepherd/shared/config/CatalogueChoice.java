package dev.shepherd.shared.config;

import java.util.Optional;

/** Which catalogue an image's reference asks for. */
final class CatalogueChoice {
  private CatalogueChoice() {}

  /** Empty for an image that is not ADOT's; a finding says whenever the choice is not exact. */
  static Optional<Catalogue> choose(ValidationTarget target, Report report) {
    if (target.image().isEmpty()) {
      return Optional.of(Releases.bundled().newest());
    }
    String image = target.image().orElseThrow();
    if (!image.contains("aws-otel-collector")) {
      report.unknown(
          Place.START,
          "image-unknown",
          "",
          "Use an ADOT image to have everything checked: of this one only the structure is.");
      return Optional.empty();
    }
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    String tag = name.substring(name.lastIndexOf('/') + 1);
    Optional<Release> release =
        Release.parse(tag.contains(":") ? tag.substring(tag.indexOf(':') + 1) : "");
    return Optional.of(release.map(wanted -> nearest(wanted, report)).orElseGet(() -> {
      Catalogue newest = Releases.bundled().newest();
      report.add(
          Place.START,
          Severity.NOTE,
          "release-assumed",
          "",
          "Name a release in the image's tag: " + newest.release() + " is assumed.");
      return newest;
    }));
  }

  private static Catalogue nearest(Release wanted, Report report) {
    Catalogue nearest =
        Releases.bundled().atMost(wanted).orElseGet(() -> Releases.bundled().oldest());
    if (!nearest.release().equals(wanted)) {
      report.add(
          Place.START,
          Severity.NOTE,
          "release-assumed",
          "",
          "Checked as %s: the keys of %s are not known here.".formatted(nearest.release(), wanted));
    }
    return nearest;
  }
}
