import type { LogSummary } from '@app/event-store';
import cliProgress from 'cli-progress';

/** Counts what has no known end. */
export const counter = (title: string): cliProgress.SingleBar => {
  const format = `${title} {value} {duration_formatted}`;
  const bar = new cliProgress.SingleBar({ format, noTTYOutput: true, notTTYSchedule: 2_000, fps: 8 });
  bar.start(Number.MAX_SAFE_INTEGER, 0);
  return bar;
};

export const printLog = ({ events, streams, sha256 }: LogSummary): void => {
  console.log(`  事件 events ${events} · 流 streams ${streams}`);
  console.log(`  校验值 sha256 ${sha256}`);
};

export const secondsSince = (started: number): string => ((Date.now() - started) / 1000).toFixed(1);
