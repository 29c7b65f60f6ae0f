using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace VideoGen.Grains.Calls;

/// <summary>
/// Caches the wire name of each grain interface. Orleans reads the interface's attributes for every reference that it creates,
/// which took 4 % of a silo's time per submit (docs/performance.md).
/// </summary>
public sealed class GrainInterfaceNames(IServiceProvider services) : IGrainInterfaceTypeProvider
{
    private readonly AttributeGrainInterfaceTypeProvider _attributes = new(services);
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();

    /// <inheritdoc/>
    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        if (_known.TryGetValue(type, out grainInterfaceType))
        {
            return true;
        }

        if (type.IsGenericType || !_attributes.TryGetGrainInterfaceType(type, out grainInterfaceType))
        {
            return false;
        }

        _known[type] = grainInterfaceType;
        return true;
    }
}

/// <summary>Registers <see cref="GrainInterfaceNames"/>.</summary>
public static class GrainInterfaceNamesRegistration
{
    /// <summary>Registered before Orleans' own provider, because the first provider that knows an interface names it.</summary>
    public static IServiceCollection AddGrainInterfaceNames(this IServiceCollection services)
    {
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, GrainInterfaceNames>());
        return services;
    }
}
