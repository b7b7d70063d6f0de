import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const { version } = createRequire(import.meta.url)('../../../../package.json') as { version: string };

export const openApiOf = (app: NestFastifyApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('转化台账 Transfer Ledger')
      .setDescription(
        'Commands are recorded as events; figures are computed from them. Errors are problem+json with rule ids.',
      )
      .setVersion(version)
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth()
      .addSecurityRequirements('bearer')
      .build(),
  );

/** The document at `/openapi.json`, readable at `/docs`. */
export const serveOpenApi = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiOf(app), { jsonDocumentUrl: 'openapi.json' });
};
