import { refusals, type ServerRefusal, type ServerStatus } from './eventstoredb-refusals.js';

/** What the server does wrong on purpose. */
export class Faults {
  private lost: () => boolean = () => false;
  private delayMs = 0;
  private delayed = 0;
  private refusal: ServerRefusal | undefined;
  private refused = 0;

  loseAnswers(lost: () => boolean): void {
    this.lost = lost;
  }

  loseNextAnswer(): void {
    const before = this.lost;
    this.lost = () => {
      this.lost = before;
      return true;
    };
  }

  slow(ms: number, calls = 1): void {
    this.delayMs = ms;
    this.delayed = calls;
  }

  refuse(kind: ServerRefusal, calls = 1): void {
    this.refusal = kind;
    this.refused = calls;
  }

  /** Whether the answer to the append at hand never arrives. */
  losesAnswer(): boolean {
    return this.lost();
  }

  /** How long the answer at hand takes, in ms. */
  takesMs(): number {
    if (this.delayed <= 0) return 0;
    this.delayed -= 1;
    return this.delayMs;
  }

  /** What the call at hand is refused with. */
  refuses(): ServerStatus | undefined {
    if (this.refused <= 0 || !this.refusal) return undefined;
    this.refused -= 1;
    return refusals[this.refusal]();
  }
}
