import { ClaimKeeper, DeciderRunner, runnerRule } from '@app/event-store';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { NoticeFacts } from './contract-facts.js';
import { noticeFacts, priceNoticeClaim, priceNoticeDecider, priceNoticeStream } from './price-notice.js';

/** The price notice with this number of a university, as contracts under it are judged by. @throws Refusal C-5 */
export class FindPriceNotice extends Query<NoticeFacts> {
  constructor(
    readonly universityId: string,
    readonly number: string,
  ) {
    super();
  }
}

@QueryHandler(FindPriceNotice)
export class FindPriceNoticeHandler implements IQueryHandler<FindPriceNotice> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ universityId, number }: FindPriceNotice): Promise<NoticeFacts> {
    const noticeId = await this.claims.holder('price-notice', priceNoticeClaim({ universityId, number }));
    const notice = noticeId ? await this.runner.stateOf(priceNoticeDecider, priceNoticeStream(noticeId)) : undefined;
    if (!noticeId || !notice?.data)
      throw runnerRule('C-5', { kindZh: '定价公示', kindEn: 'price notice', value: number }, { field: 'priceNotice' });
    return noticeFacts(noticeId, notice);
  }
}
