import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '@app/kernel';
import { disclosureDecider } from './disclosure.js';
import type { DisclosureEvent } from './disclosure-events.js';
import { evaluationDecider } from './evaluation.js';
import type { EvaluationEvent } from './evaluation-events.js';

const stored = <Event>(type: string): Event => {
  const file = join(__dirname, '../../../test/golden/events', `${type}.v1.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Event;
};

describe('events of the first version', () => {
  it('are read as a disclosure', () => {
    const event = stored<Extract<DisclosureEvent, { type: 'InventionDisclosed' }>>('InventionDisclosed');
    const { warnings: _warnings, ...facts } = event.data;
    expect(fold(disclosureDecider, [event])).toMatchObject({ status: 'DISCLOSED', facts });
    const secret = stored<Extract<DisclosureEvent, { type: 'SecretDisclosureNoted' }>>('SecretDisclosureNoted');
    expect(fold(disclosureDecider, [secret])).toEqual({ status: 'SECRET', ...secret.data });
  });

  it('are read as an evaluation with its decision', () => {
    const concluded = stored<Extract<EvaluationEvent, { type: 'EvaluationConcluded' }>>('EvaluationConcluded');
    const decided = stored<Extract<EvaluationEvent, { type: 'FilingDecided' }>>('FilingDecided');
    const { number, evaluator, evaluatedOn, conclusion } = concluded.data;
    const { decision, decidedOn } = decided.data;
    expect(fold(evaluationDecider, [concluded, decided])).toMatchObject({
      number,
      evaluator: { evaluator },
      findings: { evaluatedOn, conclusion },
      filing: { decision, decidedOn },
    });
  });
});
