import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseHealth } from '../database/database.health.js';
import { HealthController } from './health.controller.js';
import { KeySetHealth } from './key-set.health.js';
import { RevocationHealth } from './revocation.health.js';

@Module({
  // What is down is logged where it is noticed; a probe each second would only repeat it.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [DatabaseHealth, KeySetHealth, RevocationHealth],
})
export class HealthModule {}
