import { createHash } from 'node:crypto';
import { type LegalDate, addDays } from '@app/kernel';
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import type { DeadlineItem } from './deadline.queries.js';

const REMIND_SECONDS = 7 * 24 * 60 * 60;
const REFRESH_SECONDS = 6 * 60 * 60;

interface CalendarOptions {
  readonly asOf: LegalDate;
  /** Whether the ledger holds invented data: every event is marked 示例. */
  readonly sample: boolean;
}

/**
 * The deadlines as an iCalendar feed (RFC 5545): all-day events of lasting identity, with a reminder a week before. Deadlines without a
 * day are no events.
 */
export const calendarOf = (items: readonly DeadlineItem[], { asOf, sample }: CalendarOptions): string => {
  const mark = sample ? '【示例】' : '';
  const calendar = ical({
    name: `${mark}转化台账期限 Transfer Ledger deadlines`,
    prodId: { company: 'transfer-ledger', product: 'deadlines', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const item of items) {
    if (item.dueOn === null) continue;
    const { kindTitle, recordNumber, title } = item;
    const event = calendar.createEvent({
      id: uidOf(item),
      stamp: startOf(asOf),
      start: startOf(item.dueOn),
      end: startOf(addDays(item.dueOn, 1)),
      allDay: true,
      summary: `${mark}${kindTitle.zh}：${recordNumber} ${title}`,
      description: descriptionOf(item),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    event.createAlarm({ type: ICalAlarmType.display, trigger: REMIND_SECONDS });
  }
  return calendar.toString();
};

/** Days are written as they are in UTC, where the library takes them from. */
const startOf = (date: LegalDate): Date => new Date(`${date}T00:00:00Z`);

/** Numbers given by people may hold characters that an identifier may not. */
const uidOf = ({ key }: DeadlineItem): string =>
  `${createHash('sha256').update(key).digest('hex').slice(0, 32)}@transfer-ledger`;

const descriptionOf = ({ textZh, textEn, clause, university, certain, state }: DeadlineItem): string =>
  [
    ...(university === null ? [] : [university]),
    ...(state === 'OVERDUE' ? ['已逾期 overdue'] : []),
    textZh,
    textEn,
    clause,
    ...(certain
      ? []
      : ['当年放假安排尚未公布，日期可能顺延 the holidays of that year are not published; the day may move']),
  ].join('\n');
