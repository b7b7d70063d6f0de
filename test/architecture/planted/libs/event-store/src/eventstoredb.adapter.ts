// breaks: nothing (the adapter of the cluster)
import { EventStoreDBClient } from '@eventstore/db-client';

export const connect = EventStoreDBClient.connectionString;
