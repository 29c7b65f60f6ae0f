using Orleans.Services;

namespace VideoGen.Silo.Reminders;

/// <summary>Marks the service for Orleans; it has no callers.</summary>
internal interface IReminderMigration : IGrainService;
