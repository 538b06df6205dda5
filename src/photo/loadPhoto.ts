import { sniffFormat, type PhotoFormat } from './format.ts';
import { type PhotoHeader } from './headers/header.ts';
import { readHeader } from './headers/readHeader.ts';
import { findSizeProblem, MAX_FILE_BYTES, resizeOptions } from './limits.ts';
import { type PhotoOutcome, type PhotoProblem, type PlainPhotoProblem } from './photo.ts';
import { flattenOnPaper, toJpeg } from './pixels.ts';

/** Nothing may keep a person waiting for longer: slow phones take a few seconds for 100 MP. */
const DECODE_TIMEOUT_MS = 20_000;

/**
 * Turns any file into a photo or into the reason why it cannot be one. Never throws, and always
 * settles: reading and decoding have a time limit.
 */
export async function loadPhoto(file: Blob): Promise<PhotoOutcome> {
  try {
    return await withTimeout(decodePhoto(file), DECODE_TIMEOUT_MS);
  } catch (error) {
    if (error instanceof PhotoError) return { ok: false, problem: error.problem };
    return { ok: false, problem: { kind: 'broken' } };
  }
}

class PhotoError extends Error {
  override readonly name = 'PhotoError';
  readonly problem: PhotoProblem;

  constructor(problem: PhotoProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

function refuse(kind: PlainPhotoProblem): never {
  throw new PhotoError({ kind });
}

async function decodePhoto(file: Blob): Promise<PhotoOutcome> {
  const bytes = await readBytes(file);
  const format = sniffFormat(bytes);
  if (!isPhotoFormat(format)) refuse(format);
  const header = checkHeader(format, bytes);
  const bitmap = await decodeBitmap(bytes, format, header);
  const jpeg = await toJpeg(bitmap);
  return {
    ok: true,
    photo: {
      id: newId(),
      bitmap,
      jpeg,
      url: URL.createObjectURL(jpeg),
      width: bitmap.width,
      height: bitmap.height,
      animated: header.animated,
    },
  };
}

let photosMade = 0;

/** Unlike any other photo's, in this visit or the last: `randomUUID` is missing on plain http. */
function newId(): string {
  photosMade += 1;
  return `${Date.now()}-${photosMade}`;
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > MAX_FILE_BYTES) refuse('too-heavy');
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    refuse('unreadable');
  }
}

function isPhotoFormat(format: ReturnType<typeof sniffFormat>): format is PhotoFormat {
  return ['jpeg', 'png', 'webp', 'avif', 'gif', 'bmp', 'heic'].includes(format);
}

function checkHeader(format: PhotoFormat, bytes: Uint8Array): PhotoHeader {
  const header = readHeader(format, bytes);
  if (header === null) refuse('cut');
  const problem = findSizeProblem(header);
  if (problem) throw new PhotoError(problem);
  if (!header.complete) refuse('cut');
  return header;
}

async function decodeBitmap(
  bytes: Uint8Array<ArrayBuffer>,
  format: PhotoFormat,
  header: PhotoHeader,
): Promise<ImageBitmap> {
  const blob = new Blob([bytes], { type: `image/${format}` });
  const options = { imageOrientation: 'from-image', ...resizeOptions(header) } as const;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, options);
  } catch {
    refuse(format === 'heic' ? 'heic' : 'broken');
  }
  // A photo that EXIF turns on its side has come out with its width at the limit, and its height over it.
  const small = await shrink(bitmap);
  return header.alpha ? flattenOnPaper(small) : small;
}

async function shrink(bitmap: ImageBitmap): Promise<ImageBitmap> {
  const options = resizeOptions(bitmap);
  if (options.resizeWidth === undefined) return bitmap;
  const small = await createImageBitmap(bitmap, options);
  bitmap.close();
  return small;
}

function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PhotoError({ kind: 'timeout' })), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
