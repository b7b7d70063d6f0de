import { specFor } from '@app/testing';
import { evidenceDecider, evidenceStream, type EvidenceEvent } from './attachment.js';

const place = { recordKind: 'contract', recordId: '0123', universityId: 'hnu' };
const file = (digit: string) => ({ hash: digit.repeat(64), name: '合同.pdf', mediaType: 'application/pdf', bytes: 9 });
const given = specFor(evidenceDecider);
const attached = (digit: string): EvidenceEvent => ({
  type: 'EvidenceAttached',
  data: { ...place, file: file(digit) },
});
const attach = (digit: string) => ({ type: 'AttachEvidence', data: { ...place, file: file(digit) } }) as const;
const detachment = (digit: string) => ({ ...place, hash: digit.repeat(64), reason: '示例：传错文件' });
const detach = (digit: string) => ({ type: 'DetachEvidence', data: detachment(digit) }) as const;
const detached = (digit: string): EvidenceEvent => ({ type: 'EvidenceDetached', data: detachment(digit) });

describe('the files of a record', () => {
  it('are attached once, whatever is said of them the second time', () => {
    const withNote = { type: 'AttachEvidence', data: { ...place, file: file('a'), note: '盖章页' } } as const;
    given().when(withNote).then({ type: 'EvidenceAttached', data: withNote.data });
    given(attached('a')).when(attach('b')).then(attached('b'));
    given(attached('a')).when(withNote).thenNothing();
  });

  it('X-7: a file that is attached is accepted for detaching, and may be attached again', () => {
    given(attached('a'), attached('b')).when(detach('a')).then(detached('a'));
    given(attached('a'), detached('a')).when(attach('a')).then(attached('a'));
  });

  it('X-7: a file that is not attached, or no longer, cannot be detached', () => {
    given().when(detach('a')).thenRefuses('X-7', 'hash');
    given(attached('a'), detached('a')).when(detach('a')).thenRefuses('X-7');
    given(attached('b')).when(detach('a')).thenRefuses('X-7');
  });

  it('stand in a stream of their own', () => {
    expect(evidenceStream(place)).toBe('evidence-contract-0123');
  });
});
