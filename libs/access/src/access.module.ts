import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Approvers } from './approvers.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { OfficeDatabase } from './office.js';
import { PersonStore } from './person-store.js';
import { SessionController } from './session.controller.js';
import { Tokens } from './tokens.js';
import { UserStore } from './user-store.js';

export interface AccessOptions {
  /** Opened and closed by the caller. */
  readonly office: OfficeDatabase;
  /** 32 bytes, see `loadMasterKey`. */
  readonly masterKey: Uint8Array;
}

/** Users, sign-in, the guard over every route, and the person store, for the whole application. */
@Module({})
export class AccessModule {
  static forRoot({ office, masterKey }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      controllers: [SessionController],
      providers: [
        { provide: OfficeDatabase, useValue: office },
        { provide: UserStore, useFactory: () => new UserStore(office) },
        { provide: Approvers, useFactory: () => new Approvers(new UserStore(office)) },
        { provide: Tokens, useFactory: () => Tokens.open(office) },
        { provide: PersonStore, useFactory: () => PersonStore.open(office, masterKey) },
        { provide: APP_GUARD, useClass: AuthenticationGuard },
      ],
      exports: [OfficeDatabase, UserStore, Approvers, Tokens, PersonStore],
    };
  }
}
