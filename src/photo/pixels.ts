/** What shows through see-through pixels, in the preview and for the model alike. */
const PAPER = '#ffffff';

const JPEG_QUALITY = 0.92;

/** Blends see-through pixels on white. Takes ownership of the bitmap. */
export function flattenOnPaper(bitmap: ImageBitmap): ImageBitmap {
  const canvas = draw(bitmap);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

/** JPEG bytes of the bitmap; they carry no EXIF, GPS or XMP. */
export function toJpeg(bitmap: ImageBitmap): Promise<Blob> {
  return draw(bitmap).convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
}

function draw(bitmap: ImageBitmap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no 2d context');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  return canvas;
}
