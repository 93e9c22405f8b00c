"""The face for readers and visitors over HTTP: pages as HTML, files of a build, sharp tiles, health."""
