/** What a photo's own structure says, before any pixel is decoded. */
export interface PhotoHeader {
  /** Size in pixels as stored; the EXIF orientation may swap the two. */
  readonly width: number;
  readonly height: number;
  /** False when the file ends before its structure does: cut on the way. */
  readonly complete: boolean;
  /** True when pixels may be see-through. */
  readonly alpha: boolean;
  /** True when the file holds more than one frame. */
  readonly animated: boolean;
}

/** Reads big- and little-endian numbers and names; throws `RangeError` past the end. */
export class ByteReader {
  readonly #view: DataView;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(offset: number): number {
    return this.#view.getUint8(offset);
  }

  u16(offset: number): number {
    return this.#view.getUint16(offset);
  }

  u32(offset: number): number {
    return this.#view.getUint32(offset);
  }

  u16le(offset: number): number {
    return this.#view.getUint16(offset, true);
  }

  u24le(offset: number): number {
    return this.u16le(offset) | (this.u8(offset + 2) << 16);
  }

  u32le(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  i32le(offset: number): number {
    return this.#view.getInt32(offset, true);
  }

  name(offset: number): string {
    return String.fromCharCode(...this.bytes.subarray(offset, offset + 4));
  }
}
