using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Silo.Reminders;

internal static class ReminderRegistration
{
    /// <summary>
    /// Stores reminders in the sharded table, even if a section <c>Orleans:Reminders</c> chose Orleans' own table: all silos must
    /// use the same one.
    /// </summary>
    public static ISiloBuilder AddShardedReminders(this ISiloBuilder silo)
    {
        silo.AddReminders();
        silo.Services.AddSingleton<ShardedReminderTable>();
        silo.Services.RemoveAll<IReminderTable>();
        silo.Services.AddSingleton<IReminderTable>(services => services.GetRequiredService<ShardedReminderTable>());
        silo.AddGrainService<ReminderMigration>();
        silo.AddOutgoingGrainCallFilter<ReminderTicks>();
        return silo;
    }
}
