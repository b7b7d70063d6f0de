export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
export interface Proofs {
  readonly folder: string;
  readonly enforced: readonly string[];
  readonly refused: readonly string[];
  readonly accepted: readonly string[];
}
export const ACCEPTANCE: RegExp;
export const coverageOf: (files: readonly SourceFile[]) => Map<string, Proofs>;
export const gapsOf: (coverage: ReadonlyMap<string, Proofs>) => string[];
export const projectFiles: (root?: string) => SourceFile[];
