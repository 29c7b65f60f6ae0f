using Orleans.Storage;
using VideoGen.Grains.Storage;

namespace VideoGen.Silo.Storage;

public static class StoreCommits
{
    /// <summary>
    /// Makes all grain storage registered so far wait for <typeparamref name="TStore"/>; reminders wait by themselves.
    /// </summary>
    public static ISiloBuilder WaitForCommits<TStore>(this ISiloBuilder silo)
        where TStore : class, IStoreCommit
    {
        silo.Services.AddSingleton<IStoreCommit>(services => services.GetRequiredService<TStore>());
        foreach (var storage in silo.Services.Where(IsGrainStorage).ToList())
        {
            silo.Services.Remove(storage);
            silo.Services.AddKeyedSingleton<IGrainStorage>(storage.ServiceKey, (services, key) => new CommittedGrainStorage(
                (IGrainStorage)storage.KeyedImplementationFactory!(services, key), services.GetRequiredService<IStoreCommit>()));
        }

        return silo;
    }

    private static bool IsGrainStorage(ServiceDescriptor service) =>
        service.IsKeyedService && service.ServiceType == typeof(IGrainStorage);
}
