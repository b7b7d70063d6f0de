import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { PanelDto, UniversitiesDto, UniversityDto } from './university.dto.js';
import { PolicyDto, PolicyRepealDto } from './university-policy.dto.js';
import { RunUniversity } from './university.handler.js';
import { ListUniversities, type UniversityListing } from './university.queries.js';

@Controller('api/v1/universities')
export class UniversityController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** All universities with their panel membership (高校名录). */
  @Get()
  list(@Query() { after }: UniversitiesDto): Promise<UniversityListing[]> {
    return this.queries.execute(new ListUniversities(after));
  }

  /** Registers a university (高校登记). */
  @Post()
  register(@Body() body: UniversityDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const command = { type: 'RegisterUniversity', data: body } as const;
    return this.commands.execute(new RunUniversity(body.code, command, context));
  }

  /** Decides whether a university counts in the panel, and since when (纳入统计). */
  @Post(':code/panel')
  setPanelMembership(
    @Param('code') code: string,
    @Body() body: PanelDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'SetPanelMembership', data: body } as const;
    return this.commands.execute(new RunUniversity(code, command, context));
  }

  /** Records a policy the university adopted (校内制度). */
  @Post(':code/policies')
  adoptPolicy(
    @Param('code') code: string,
    @Body() body: PolicyDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'AdoptPolicy', data: body } as const;
    return this.commands.execute(new RunUniversity(code, command, context));
  }

  /** Records that the university repealed a policy document (制度废止). */
  @Post(':code/policies/repeal')
  repealPolicy(
    @Param('code') code: string,
    @Body() body: PolicyRepealDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'RepealPolicy', data: body } as const;
    return this.commands.execute(new RunUniversity(code, command, context));
  }
}
