import { jsonLogger } from './json-logger.js';

const linesOf = (level: 'info' | 'silent', log: (logger: ReturnType<typeof jsonLogger>) => void): unknown[] => {
  const lines: string[] = [];
  log(jsonLogger(level, { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
};

describe('the log', () => {
  it('is one JSON object a line, with time, level, context and message', () => {
    expect(linesOf('info', (logger) => logger.log('started', 'Main'))).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), context: 'Main', msg: 'started' },
    ]);
  });

  it('takes fields beside the message, and errors with their stack', () => {
    const [fault, plain] = linesOf('info', (logger) => {
      logger.error({ message: 'failed', incident: 'i1', err: new TypeError('boom') }, undefined, 'Problem');
      logger.error(new TypeError('bang'));
    });
    expect(fault).toMatchObject({
      level: 'error',
      context: 'Problem',
      msg: 'failed',
      incident: 'i1',
      err: { type: 'TypeError', message: 'boom', stack: expect.any(String) },
    });
    expect(plain).toMatchObject({ level: 'error', msg: 'bang', err: { message: 'bang' } });
  });

  it("keeps Nest's stack of an error told as text", () => {
    expect(linesOf('info', (logger) => logger.error('failed', 'at line 1', 'Main'))).toMatchObject([
      { msg: 'failed', stack: 'at line 1', context: 'Main' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const all = (logger: ReturnType<typeof jsonLogger>) => {
      logger.verbose?.('v');
      logger.debug?.('d');
      logger.log('l');
      logger.warn('w');
      logger.error('e');
      logger.fatal?.('f');
    };
    expect(linesOf('info', all).map((line) => (line as { msg: string }).msg)).toEqual(['l', 'w', 'e', 'f']);
    expect(linesOf('silent', all)).toEqual([]);
  });
});
