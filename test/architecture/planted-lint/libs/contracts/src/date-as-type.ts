// breaks: nothing (naming the type reads no clock)
export const year = (instant: Date): number => instant.getUTCFullYear();
