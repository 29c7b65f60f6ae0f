using System.Reflection;

namespace VideoGen.Grains.Calls;

/// <summary>References to grains by their wire names.</summary>
public static class GrainReferences
{
    /// <summary>
    /// The grain with this key. Orleans' own <c>GetGrain</c> looks the interface up in the client's copy of the cluster manifest,
    /// which is empty for a moment after the last silo that the client knew has gone, and then throws. The type of each of our
    /// grains has the same name as its interface, so there is nothing to look up.
    /// </summary>
    public static TGrain Grain<TGrain>(this IGrainFactory grains, string key) where TGrain : IGrainWithStringKey =>
        grains.GetGrain<TGrain>(GrainId.Create(TypeOf<TGrain>.Value, key));

    private static class TypeOf<TGrain>
    {
        public static readonly GrainType Value = GrainType.Create(
            typeof(TGrain).GetCustomAttribute<GrainInterfaceTypeAttribute>()!.GetGrainInterfaceType(null!, typeof(TGrain))
                .ToString());
    }
}
