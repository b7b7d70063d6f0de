// breaks: nothing (an injected class is a value import, though it looks like a type)
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

@Injectable()
export class Lodge {
  constructor(private readonly commands: CommandBus) {}
}
