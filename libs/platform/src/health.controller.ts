import { Public } from '@app/access';
import { ReadModels } from '@app/read-model';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readModels: ReadModels) {}

  /** The process answers. */
  @Public()
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The read models are current and no projection has stopped; 503 otherwise, with what is wrong. */
  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ready, alarms } = this.readModels;
    const ok = ready && alarms.length === 0;
    void reply.status(ok ? 200 : 503);
    return { status: ok ? 'ok' : 'unavailable', position: this.readModels.token(), alarms };
  }
}
