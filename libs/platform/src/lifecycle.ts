/** Where a process is between its start and its end. */
export class Lifecycle {
  /** It still answers, and says that it is not ready, so that a proxy sends it nothing new. */
  isDraining = false;
}
