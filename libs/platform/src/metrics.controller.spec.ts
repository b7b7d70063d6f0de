import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { measureRequests } from './metrics-http.js';

it('the application tells its metrics, its own requests among them', async () => {
  const metrics = new Metrics();
  const module = await Test.createTestingModule({
    controllers: [MetricsController],
    providers: [{ provide: Metrics, useValue: metrics }],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  measureRequests(app.getHttpAdapter().getInstance(), metrics);
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/metrics`;
  await (await fetch(url)).text();
  await (await fetch(`${url}/nothing`)).text();
  // An answer is counted when it has ended, which its reader may learn first.
  for (;;) {
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    if (text.includes('status="404"')) {
      expect(text).toMatch(/ledger_http_request_seconds_count\{method="GET",route="\/metrics",status="200"\} \d/);
      break;
    }
  }
  await app.close();
});
