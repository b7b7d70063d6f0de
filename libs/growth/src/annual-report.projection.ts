import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { type AnnualReportEvent, annualReportId, annualReportStream } from './annual-report-filing.js';

export const annualReportEvents: EventCatalogue<AnnualReportEvent> = defineEvents<AnnualReportEvent>({
  AnnualReportFiled: { version: 1, zh: '年度报告报送', en: 'Annual report filed' },
  AnnualReportRestated: { version: 1, zh: '年度报告更正', en: 'Annual report restated' },
});

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as AnnualReportEvent;
  if (event.type === 'AnnualReportFiled') {
    const { figures, universityId, year, ...filing } = event.data;
    return {
      number: annualReportId({ universityId, year }),
      title: `${year}年度科技成果转化年度报告`,
      universityId,
      status: 'FILED',
      date: `${year}-12-31`,
      detail: { ...figures, ...filing, restatements: 0 },
    };
  }
  const { figures, n: restatements, differences, evidenceFiles = [], ...restatement } = event.data;
  const files = evidenceFiles.map(({ name, hash }) => `${name} (${hash})`);
  const changes = differences.map(({ figure, was, is }) => `${figure} ${was} → ${is}`);
  const detail = { ...figures, ...restatement, evidenceFiles: files, restatements, differences: changes };
  return row && { ...row, status: 'RESTATED', detail: { ...row.detail, ...detail } };
};

/** A university's report of one year, by `annual-report-<universityId>-<year>`. */
export const annualReportRecords = recordProjection({
  kind: 'annual-report',
  version: 1,
  streamPrefix: annualReportStream(''),
  handles: Object.keys(annualReportEvents),
  evolve,
});
