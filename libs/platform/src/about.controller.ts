import { Public, ROLES, UserStore, samplePassword } from '@app/access';
import { EventStore } from '@app/event-store';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

@ApiTags('about')
@Controller('api/v1/about')
export class AboutController {
  constructor(
    private readonly store: EventStore,
    private readonly users: UserStore,
  ) {}

  /** What this installation is; whether its data is invented (示例). */
  @Public()
  @Get()
  async about() {
    const sample = await this.users.isSample();
    return {
      name: '转化台账 Transfer Ledger',
      storeId: this.store.storeId,
      sample,
      ...(sample ? { sampleUsers: await this.sampleUsers() } : {}),
    };
  }

  /** Invented users of a sample, so that the sign-in page can offer them. */
  private async sampleUsers() {
    const users = (await this.users.list()).filter(({ sample, disabled }) => sample && !disabled);
    return users.map(({ username, displayName, role, organisation }) => ({
      username,
      displayName,
      password: samplePassword(username),
      role: ROLES[role],
      organisation,
    }));
  }
}
