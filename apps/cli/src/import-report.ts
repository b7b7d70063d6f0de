import { basename } from 'node:path';
import type { ImportProgress } from '@app/imports';
import cliProgress from 'cli-progress';

export interface ImportOptions {
  readonly as: string;
  readonly kind?: string;
}

/** `050-assets.csv` holds assets. */
export const kindOf = (file: string): string =>
  basename(file)
    .replace(/\.(csv|xlsx)$/i, '')
    .replace(/^\d+-/, '');

export const progressBar = (title: string, total: number): cliProgress.SingleBar => {
  const format = `${title.padEnd(10, '　')} {bar} {value}/{total} {duration_formatted}`;
  const bar = new cliProgress.SingleBar(
    { format, noTTYOutput: true, notTTYSchedule: 2_000, fps: 8 },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
};

const SHOWN = 50;

export const printResult = ({ written, unchanged, refused, different, problems }: ImportProgress): void => {
  console.log(
    `  写入 written ${written} · 无变化 unchanged ${unchanged} · 拒绝 refused ${refused} · 不一致 different ${different}`,
  );
  for (const { row, column, value, rule, zh, en, clause } of problems.slice(0, SHOWN)) {
    const place = column ? `${column.zh}/${column.en}${value === null ? '' : ` “${value}”`}` : '';
    console.log(`  第 ${row} 行 row ${row} ${place}\n    ${rule} ${zh}\n    ${en}（${clause}）`);
  }
  if (problems.length > SHOWN) console.log(`  … ${problems.length - SHOWN} more`);
};
