using System.Reflection;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Tests.Cluster;

/// <summary>A reference to a grain needs nothing that a client only learns from its cluster.</summary>
public sealed class GrainReferencesTests
{
    [Fact]
    public void The_type_of_every_grain_has_the_name_of_its_interface()
    {
        var grains = typeof(IGenerationGrain).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<GrainTypeAttribute>() is not null).ToList();

        Assert.True(grains.Count > 10);
        Assert.All(grains, grain => Assert.Contains(
            grain.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, grain).ToString(),
            grain.GetInterfaces().Select(NameOf)));
    }

    [Fact]
    public void A_reference_is_made_of_the_name_and_the_key()
    {
        var asked = new List<GrainId>();

        Recorder.Over(asked).Grain<IGenerationGrain>("id");

        Assert.Equal([GrainId.Create("videogen.generation", "id")], asked);
    }

    private static string? NameOf(Type type) =>
        type.GetCustomAttribute<GrainInterfaceTypeAttribute>()?.GetGrainInterfaceType(null!, type).ToString();

    /// <summary>A factory that knows nothing about any cluster; a proxy must be open for inheritance.</summary>
    public class Recorder : DispatchProxy
    {
        private List<GrainId> _asked = [];

        public static IGrainFactory Over(List<GrainId> asked)
        {
            var factory = Create<IGrainFactory, Recorder>();
            ((Recorder)factory)._asked = asked;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _asked.Add(Assert.IsType<GrainId>(Assert.Single(args!)));
            return null;
        }
    }
}
