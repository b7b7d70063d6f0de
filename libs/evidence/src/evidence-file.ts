/** A file of evidence (佐证材料) as an event names it: the event pins the content by its hash. */
export interface EvidenceRef {
  /** SHA-256 of the content, 64 hex digits. */
  readonly hash: string;
  /** What the file was called when it was uploaded. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}
