export interface StoredEvent {
  readonly type: string;
}
export const openStore = (): readonly StoredEvent[] => [];
