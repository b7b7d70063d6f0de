import { Public } from '@app/access';
import { FEE_TYPES, dateInChina, fenFromText, formatPatentNumber, formatYuan, ipTypeLabels } from '@app/kernel';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify/sync';
import { ROYALTY_BASES } from './fee-standard.js';
import { OfferFilterDto, OfferPageDto } from './open-offer.dto.js';
import { ExportOpenOffers, ListOpenOffers, type PublicOffer, type PublicOfferPage } from './open-offer.queries.js';

/** The platform between patentees and enterprises (plan 四(三)): what universities offer under open licences, for everyone to read. */
@ApiTags('public')
@Public()
@Controller('api/v1/public')
export class OpenOfferController {
  constructor(private readonly queries: QueryBus) {}

  /** Patents offered under an open licence on a day, today unless said otherwise. No sign-in. */
  @Get('open-licences')
  list(@Query() page: OfferPageDto): Promise<PublicOfferPage> {
    return this.queries.execute(new ListOpenOffers(page, today()));
  }

  /** The same list as a CSV file (UTF-8 with BOM). */
  @Get('open-licences.csv')
  async file(@Query() filter: OfferFilterDto): Promise<StreamableFile> {
    const offers = await this.queries.execute(new ExportOpenOffers(filter, today()));
    const csv = stringify(offers.map(toCells), { bom: true, header: true, columns: HEADERS, escape_formulas: true });
    const disposition = 'attachment; filename="open-licences.csv"';
    return new StreamableFile(Buffer.from(csv), { type: 'text/csv; charset=utf-8', disposition });
  }
}

const today = (): string => dateInChina(new Date().toISOString());

const HEADERS = [
  '声明编号 Declaration',
  '专利号 Patent',
  '名称 Title',
  '专利类型 Type',
  '高校 University',
  '公告日 Announced on',
  '开放至 Open until',
  '许可期限止 Licensed until',
  '计费方式 Fee type',
  '许可费(元) Fee (yuan)',
  '提成率(万分之) Royalty (per 10,000)',
  '提成基数 Royalty base',
  '分期(月/元) Instalments (months/yuan)',
];

const toCells = (offer: PublicOffer): string[] => [
  offer.number,
  formatPatentNumber(offer.patentNumber),
  offer.title,
  ipTypeLabels[offer.ipType].zh,
  offer.university,
  offer.from,
  offer.to,
  offer.licensedTo,
  FEE_TYPES[offer.feeType].zh,
  offer.feeFen === null ? '' : plainYuan(offer.feeFen),
  String(offer.royaltyPermyriad ?? ''),
  offer.royaltyBase === null ? '' : ROYALTY_BASES[offer.royaltyBase].zh,
  offer.instalments.map(({ afterMonths, amountFen }) => `${afterMonths}/${plainYuan(amountFen)}`).join('；'),
];

/** Without thousands commas, so that every program reads a number. */
const plainYuan = (fen: string): string => formatYuan(fenFromText(fen)).replaceAll(',', '');
