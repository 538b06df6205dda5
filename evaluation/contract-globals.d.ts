// The contract's worker API takes an ImageBitmap. Node has none, and nothing here calls that API.
interface ImageBitmap {
  readonly width: number;
  readonly height: number;
  close(): void;
}
