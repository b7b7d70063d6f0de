import { Module } from '@nestjs/common';
import { RunAttachmentHandler } from './attachment.handler.js';
import { FindReadableFileHandler, ListRecordEvidenceHandler } from './attachment.queries.js';
import { EvidenceController } from './evidence.controller.js';
import { DescribeEvidenceHandler, EvidenceFolder, KeepEvidenceHandler } from './evidence-file.handler.js';

/** Needs `FileFolder` from the composition root. */
@Module({
  controllers: [EvidenceController],
  providers: [
    EvidenceFolder,
    KeepEvidenceHandler,
    DescribeEvidenceHandler,
    RunAttachmentHandler,
    ListRecordEvidenceHandler,
    FindReadableFileHandler,
  ],
  exports: [EvidenceFolder],
})
export class EvidenceModule {}
