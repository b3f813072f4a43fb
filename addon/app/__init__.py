"""What the image adds to the voice servers: options, discovery, health."""
