"""Page pictures: encoding pixels into the files that readers see."""
