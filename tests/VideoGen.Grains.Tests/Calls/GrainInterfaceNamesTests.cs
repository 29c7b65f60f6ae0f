using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Tests.Calls;

public sealed class GrainInterfaceNamesTests
{
    private readonly GrainInterfaceNames _names = new(new ServiceCollection().BuildServiceProvider());

    [Fact]
    public void An_interface_has_the_name_of_its_attribute_each_time()
    {
        for (var time = 0; time < 2; time++)
        {
            Assert.True(_names.TryGetGrainInterfaceType(typeof(IGenerationGrain), out var name));
            Assert.Equal("videogen.generation", name.ToString());
        }
    }

    [Fact]
    public void One_without_is_left_to_the_conventions_of_Orleans()
    {
        Assert.False(_names.TryGetGrainInterfaceType(typeof(IRemindable), out _));
    }

    [Fact]
    public void It_is_asked_before_the_provider_that_reads_attributes()
    {
        var services = new ServiceCollection().AddSingleton<IGrainInterfaceTypeProvider, AttributeGrainInterfaceTypeProvider>();

        services.AddGrainInterfaceNames();

        Assert.IsType<GrainInterfaceNames>(services.BuildServiceProvider().GetServices<IGrainInterfaceTypeProvider>().First());
    }
}
