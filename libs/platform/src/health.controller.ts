import { setTimeout as pause } from 'node:timers/promises';
import { OfficeDatabase, Public } from '@app/access';
import { type Alarm, ReadModels } from '@app/read-model';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Lifecycle } from './lifecycle.js';

const ANSWER_WITHIN_MS = 1_500;

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly readModels: ReadModels,
    private readonly lifecycle: Lifecycle,
    private readonly office: OfficeDatabase,
  ) {}

  /** The process answers. */
  @Public()
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /**
   * 200 when requests can be answered: a generation is open, the database is there and the process does not drain; 503 otherwise. What a reader of figures must
   * know stands in `alarms` either way: one stopped projection is no reason to take every process out of service.
   */
  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const { ready, alarms } = this.readModels;
    const isReady = ready && !this.lifecycle.isDraining && (await this.answers());
    void reply.status(isReady ? 200 : 503);
    const status = isReady ? (alarms.length > 0 ? 'alarm' : 'ok') : 'unavailable';
    return { status, position: this.readModels.token(), alarms };
  }

  /** Soon: whoever asks waits a few seconds at most. */
  private async answers(): Promise<boolean> {
    const asked = this.office.read((manager) => manager.query('SELECT 1'));
    const answered = asked.then(
      () => true,
      () => false,
    );
    return Promise.race([answered, pause(ANSWER_WITHIN_MS, false, { ref: false })]);
  }
}

interface Readiness {
  readonly status: 'ok' | 'alarm' | 'unavailable';
  readonly position: string;
  readonly alarms: readonly Alarm[];
}
