import { AccessModule, OfficeDatabase, loadMasterKey } from '@app/access';
import { ClaimKeeper, DeciderRunner, DryRunnableStore, EventRegistry, EventStore } from '@app/event-store';
import { HttpModule } from '@app/http';
import { FileFolder, ImportCatalogue, type ImportKind, ImportsModule } from '@app/imports';
import { ReadModels } from '@app/read-model';
import { RecordsModule } from '@app/records';
import { FindUniversity } from '@app/registry';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { AboutController } from './about.controller.js';
import { DryRunInterceptor } from './dry-run.interceptor.js';
import { HealthController } from './health.controller.js';
import type { Ledger } from './ledger.js';
import { Lifecycle } from './lifecycle.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { sliceImports, sliceModules } from './slices.js';

/** The composition root: one open ledger becomes one Nest application, for HTTP or for the command line. */
@Global()
@Module({})
export class LedgerModule {
  static forRoot({ config, store: log, registry, office, readModels, metrics, lifecycle }: Ledger): DynamicModule {
    const { uploadLimit, evidenceLimit } = config;
    const masterKey = loadMasterKey(config.masterKeyFile);
    const store = new DryRunnableStore(log);
    const runner = new DeciderRunner(store, registry);
    const shared = [
      { provide: EventStore, useValue: store },
      { provide: DryRunnableStore, useValue: store },
      { provide: EventRegistry, useValue: registry },
      { provide: DeciderRunner, useValue: runner },
      { provide: ClaimKeeper, useValue: new ClaimKeeper(runner) },
      { provide: ReadModels, useValue: readModels },
      { provide: Metrics, useValue: metrics },
      { provide: Lifecycle, useValue: lifecycle },
      { provide: OfficeDatabase, useValue: office },
      { provide: FileFolder, useValue: { path: config.filesFolder, uploadLimit, evidenceLimit } },
    ];
    const catalogue = {
      provide: ImportCatalogue,
      useFactory: (queries: QueryBus, ...imports: ReadonlyArray<{ readonly kinds: readonly ImportKind[] }>) =>
        new ImportCatalogue(
          imports.flatMap(({ kinds }) => kinds),
          { university: async (text) => (await queries.execute(new FindUniversity(text))).universityId },
        ),
      inject: [QueryBus, ...sliceImports],
    };
    return {
      module: LedgerModule,
      imports: [
        CqrsModule.forRoot(),
        HttpModule,
        AccessModule.forRoot({ office, masterKey }),
        ...sliceModules,
        ImportsModule,
        RecordsModule,
      ],
      controllers: [AboutController, HealthController, MetricsController],
      providers: [...shared, catalogue, { provide: APP_INTERCEPTOR, useClass: DryRunInterceptor }],
      exports: [...shared.map(({ provide }) => provide), ImportCatalogue],
    };
  }
}
