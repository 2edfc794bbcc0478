/* window.smallPhoto(file): the picture as JPEG of at most 1,600 px and 0.5 MB, upright; what is no picture stays as it is. */
(() => {
  const [LONGEST, MOST] = [1600, 500000];
  const drawn = (picture, scale, quality) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((ready) => canvas.toBlob(ready, "image/jpeg", quality));
  };
  window.smallPhoto = async (file) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      let scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      let blob = await drawn(picture, scale, 0.85);
      for (const quality of [0.7, 0.55]) if (blob.size > MOST) blob = await drawn(picture, scale, quality);
      while (blob.size > MOST) blob = await drawn(picture, (scale *= 0.8), 0.55);
      return new File([blob], `${file.name.replace(/\.[^.]+$/, "")}.jpg`);
    } catch {
      return file;
    }
  };
})();
