import { recorded, rowsAfter, testContext } from '@app/testing';
import { AttachmentRow } from './attachment.entity.js';
import { attachmentRows } from './attachment.projection.js';
import { evidenceStream, type EvidenceEvent } from './attachment.js';

const place = { recordKind: 'contract', recordId: '0123', universityId: 'hnu' };
const file = (digit: string) => ({
  hash: digit.repeat(64),
  name: `${digit}.pdf`,
  mediaType: 'application/pdf',
  bytes: 9,
});
const attached = (digit: string, note?: string): readonly [string, EvidenceEvent] => [
  evidenceStream(place),
  { type: 'EvidenceAttached', data: { ...place, file: file(digit), ...(note ? { note } : {}) } },
];
const detached = (digit: string): readonly [string, EvidenceEvent] => [
  evidenceStream(place),
  { type: 'EvidenceDetached', data: { ...place, hash: digit.repeat(64), reason: '示例' } },
];
const history = recorded(
  attached('a', '盖章页'),
  attached('b'),
  detached('a'),
  detached('b'),
  attached('b', '重新附上'),
);
const by = testContext.actor.id;
const at = (second: number) => `2025-01-01T00:00:0${second}.000Z`;

const rows = async (count: number, cuts?: readonly number[]) =>
  (await rowsAfter(attachmentRows, AttachmentRow, history.slice(0, count), cuts)).map((row) => ({ ...row }));

describe('attachments', () => {
  it('EvidenceAttached makes a row', async () => {
    expect(await rows(1)).toEqual([
      {
        ...{ key: `contract:0123:${'a'.repeat(64)}`, ...place, ...file('a'), note: '盖章页' },
        ...{ attachedAt: at(0), attachedBy: by, detachedAt: null, detachedBy: null, detachReason: null },
        position: history[0]?.position,
      },
    ]);
  });

  it('EvidenceDetached ends it and keeps it', async () => {
    expect((await rows(3))[0]).toMatchObject({
      ...{ name: 'a.pdf', note: '盖章页', attachedAt: at(0) },
      ...{ detachedAt: at(2), detachedBy: by, detachReason: '示例', position: history[2]?.position },
    });
  });

  it('EvidenceAttached begins a detached file anew', async () => {
    expect((await rows(5))[1]).toMatchObject({
      note: '重新附上',
      attachedAt: at(4),
      detachedAt: null,
      detachReason: null,
    });
  });

  it.each([[[1]], [[2]], [[3]], [[1, 2, 3, 4]]])('are the same however the history is cut: %j', async (cuts) => {
    expect(await rows(5, cuts)).toEqual(await rows(5));
  });
});
