using Orleans.Services;

namespace VideoGen.Silo.Reminders;

/// <summary>Marks the service for Orleans; nobody calls it.</summary>
internal interface IReminderMigration : IGrainService;
